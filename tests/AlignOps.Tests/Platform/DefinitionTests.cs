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

    [Theory]
    [InlineData("pipeline: a\ngate:\n\talpha: 0.01\n", 3, 1)]
    [InlineData("pipeline: a\ngate:\n  alpha: 0.01\n\tmin_items: 3\n", 4, 1)]
    [InlineData("pipeline: a\ngate:\n  \tmin_items: 3\n    x\n", 3, 3)]
    public void Parse_ATabWhereSpacesBelong_IsCalledATab(string yaml, int line, int column)
    {
        var (document, faults) = DefinitionDocument.Parse(yaml);

        Assert.Null(document);
        Assert.Equal((line, column), (Assert.Single(faults).Line, faults[0].Column));
        Assert.Contains("tab", faults[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ATabThatMeansNothing_IsRead() => Assert.Empty(DefinitionDocument.Parse("pipeline:\ta\ndescription: |\n  one\n  \ttwo\n").Faults);

    public static TheoryData<string, string> Hostile => new()
    {
        { "a: &x [1, 2]\nb: [*x, *x]\n", "Anchors and aliases" },
        { "a: &a [l, l]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "Anchors and aliases" },
        { "pipeline: !!python/object:os.system x\n", "tag" },
        { new string('[', 100_000), "nests deeper" },
        { "a: " + string.Concat(Enumerable.Repeat("{a: ", 50_000)), "nests deeper" },
        { string.Concat(Enumerable.Range(0, 5000).Select(i => new string(' ', i) + "a:\n"))[..1_000_000], "nests deeper" },
        { "a: " + new string('x', DefinitionDocument.LargestText), "characters" },
        { "pipeline: a\n---\npipeline: b\n", "second document" },
        { "pipeline: a\npipeline: b\n", "uplicate" },
        { "pipeline: a\n\0gate: {}\n", "not YAML" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Parse_HostileText_IsRefusedAtOnceWithWhatIsWrong(string yaml, string words)
    {
        var (document, faults) = await Task.Run(() => DefinitionDocument.Parse(yaml)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Null(document);
        Assert.Contains(words, Assert.Single(faults).Sentence, StringComparison.Ordinal);
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
