using AlignOps.Host.Hosting;
using AlignOps.Pipelines.Definitions;
using AlignOps.Platform.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Host;

/// <summary>Two services' sections that must fit: what is mixed, and what the method learns from.</summary>
public sealed class MixedKindsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-kinds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("training: { method: kto }", "kto learns from thumb, which mix.kinds leaves out where it is not written")]
    [InlineData("mix: { kinds: [thumb] }\ntraining: { method: rrhf }", "none of what rrhf learns from")]
    [InlineData("mix: { kinds: [thumb, ranking] }\ntraining: { method: rrhf }", "so that thumbs on one prompt are ranked, or set training.method to one that does: ")]
    [InlineData("mix: { kinds: [demonstration] }\ntraining: { method: dpo }", "write mix: { kinds: [preference, ranking] }")]
    [InlineData("mix: { kinds: [preference, demonstration] }\ntraining: { method: dpo }", "mix.kinds has demonstration and dpo does not learn from it")]
    [InlineData("mix: { kinds: [thumb] }", "none of what rrhf learns from")]
    [InlineData("mix: { kinds: [thumb] }\ntraining: { method: kto }", null)]
    [InlineData("mix: { kinds: [ranking] }\ntraining: { method: kto }", null)]
    [InlineData("mix: { kinds: [ranking] }\ntraining: { method: rrhf }", null)]
    [InlineData("training: { method: dpo }", null)]
    [InlineData("training: { method: sft }", null)]
    public async Task Validate_KindsAndMethod_SaysHowToMakeThemFit(string yaml, string? says)
    {
        SectionFault[] faults = [.. (await ValidateAsync(yaml)).Where(fault => fault.Path == "mix.kinds")];

        Assert.Equal(says is null ? 0 : 1, faults.Length);
        Assert.All(faults, fault => Assert.Contains(says!, fault.Sentence, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.InRange(fault.Line, 2, 3));
    }

    [Fact]
    public async Task Validate_MethodThatThereIsNot_IsTheOnlyFault() =>
        Assert.Equal(["training.method"], (await ValidateAsync("mix: { kinds: [thumb] }\ntraining: { method: dqo }")).Select(fault => fault.Path).Where(path => !path.StartsWith("evaluation", StringComparison.Ordinal)));

    private async Task<IReadOnlyList<SectionFault>> ValidateAsync(string yaml)
    {
        string pipeline = Directory.CreateDirectory(Path.Combine(_folder, "support")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pipeline, "pipeline.yaml"), "pipeline: support\n" + yaml + "\n");
        await using var application = AlignOpsServer.Build(AlignOpsServer.Unstarted, null);
        return application.Services.GetRequiredService<PipelineLoader>().Validate(pipeline);
    }
}
