using AlignOps.Tests.Pipelines.Compliance;

namespace AlignOps.Tests.Pipelines;

public sealed class LoopTests : LoopCompliance
{
    private protected override Task<LoopDriver> CreateAsync(string yaml = "pipeline: support\n") => LoopDriver.CreateAsync(yaml);
}
