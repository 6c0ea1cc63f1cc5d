using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class DefinitionTests
{
    private static readonly string[] OwnKeys = ["pipeline", "description"];

    private sealed record Gate
    {
        public double Alpha { get; init; } = 0.05;

        public int MinItems { get; init; } = 20;
    }

    private sealed class GateSection : IPipelineSection<Gate>
    {
        public string Key => "gate";

        public IEnumerable<SectionFault> Validate(Gate section)
        {
            if (section.Alpha is <= 0 or >= 1)
            {
                yield return new SectionFault("gate.alpha", $"gate.alpha is {section.Alpha}; choose a value between 0 and 1.");
            }
        }
    }

    [Fact]
    public async Task SectionAsync_StoredDefinition_IsReadByDigest()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await PrepareAsync(deployment);
        var first = await StoreAsync(platform, "pipeline: a\ngate: { alpha: 0.01 }\n");
        var second = await StoreAsync(platform, "pipeline: a\n");
        var definitions = platform.Get<IPipelineDefinitions>();

        Assert.Equal(0.01, (await definitions.SectionAsync<Gate>(first, CancellationToken.None)).Alpha);
        Assert.Equal(0.05, (await definitions.SectionAsync<Gate>(second, CancellationToken.None)).Alpha);
        Assert.Same(await definitions.SectionAsync<Gate>(first, CancellationToken.None), await definitions.SectionAsync<Gate>(first, CancellationToken.None));
        Assert.True(File.Exists(Path.Combine(await definitions.DirectoryAsync(first, CancellationToken.None), "suites", "behaviour.jsonl")));
    }

    [Fact]
    public async Task SectionAsync_FaultyDefinition_ThrowsWithTheLine()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await PrepareAsync(deployment);
        var digest = await StoreAsync(platform, "pipeline: a\ngate: { alpa: 0.01 }\n");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => platform.Get<IPipelineDefinitions>().SectionAsync<Gate>(digest, CancellationToken.None));

        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Faults_ComeInTheFilesOrderWithTheirPlaces()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await PrepareAsync(deployment);
        var validator = platform.Get<IDefinitionValidator>();

        Assert.Empty(validator.Validate("pipeline: a\ngate: { alpha: 0.01 }\n", OwnKeys));
        Assert.Equal(
            [new SectionFault("gte", "gte is not a section; did you mean gate?", 2, 1)],
            validator.Validate("pipeline: a\ngte: {}\n", OwnKeys));
        Assert.Equal(
            [new SectionFault("gate.alpha", "gate.alpha is 7; choose a value between 0 and 1.", 3, 10)],
            validator.Validate("pipeline: a\ngate:\n  alpha: 7\n", OwnKeys));
        Assert.Equal(["gate.alpa", "descripton"], validator.Validate("gate: { alpa: 1 }\ndescripton: x\n", OwnKeys).Select(fault => fault.Path));
    }

    private static Task<TestPlatform> PrepareAsync(Deployment deployment) =>
        TestPlatform.PrepareAsync(deployment.Options, services => services.AddPipelineSection<Gate, GateSection>());

    private static async Task<string> StoreAsync(TestPlatform platform, string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-");
        try
        {
            folder.CreateSubdirectory("suites");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "pipeline.yaml"), yaml);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "suites", "behaviour.jsonl"), "{}\n");
            return await platform.Get<IBlobStore>().PutDirectoryAsync(folder.FullName, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
