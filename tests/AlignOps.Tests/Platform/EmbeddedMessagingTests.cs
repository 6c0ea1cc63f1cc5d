using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class EmbeddedMessagingTests : MessagingCompliance
{
    protected override Task<Deployment> DeployAsync() => Task.FromResult<Deployment>(new EmbeddedDeployment());
}
