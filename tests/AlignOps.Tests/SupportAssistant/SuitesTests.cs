using AlignOps.Data;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Examples.SupportAssistant.Verifiers;

namespace AlignOps.Tests.SupportAssistant;

public sealed class SuitesTests
{
    [Theory]
    [InlineData("behaviour")]
    [InlineData("abilities")]
    public void Write_CommittedSuite_IsWhatTheGeneratorWrites(string suite)
    {
        var committed = File.ReadAllBytes(Path.Combine(RepositoryRoot(), "pipelines", "support-assistant", "suites", suite + ".jsonl"));

        Assert.Equal(committed, Suites.Write(suite == "behaviour" ? Suites.Behaviour() : Suites.Abilities()));
    }

    [Theory]
    [InlineData("behaviour")]
    [InlineData("abilities")]
    public void Write_CommittedSuiteOfTheApp_AsksNothingThatShouldBeDeclined(string suite)
    {
        var items = Suites.ForTheApp(suite == "behaviour" ? Suites.Behaviour() : Suites.Abilities());

        Assert.Equal(File.ReadAllBytes(Path.Combine(RepositoryRoot(), "pipelines", "support-app", "suites", suite + ".jsonl")), Suites.Write(items));
        Assert.All(items, item => Assert.DoesNotContain("declined", new SupportAssistantVerifier().Verify([new ChatMessage("user", item.Prompt)], "x").Checks.Keys));
    }

    [Fact]
    public void WriteAll_IntoAFolder_WritesBothSuites()
    {
        var directory = Directory.CreateTempSubdirectory("alignops-suites");
        try
        {
            Suites.WriteAll(Path.Combine(directory.FullName, "suites"));

            Assert.Equal(["abilities.jsonl", "behaviour.jsonl"], Directory.GetFiles(Path.Combine(directory.FullName, "suites")).Select(Path.GetFileName).Order());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Behaviour_Items_AreUnseenScoredAndSpreadOverSlicesAndClusters()
    {
        var items = Suites.Behaviour();
        var seen = Corpus.Dialogues(1, 20_000).Select(dialogue => dialogue.Prompt).ToHashSet();
        var verifier = new SupportAssistantVerifier();

        Assert.InRange(items.Count, 240, 300);
        Assert.Equal(items.Count, items.DistinctBy(item => item.Id).DistinctBy(item => item.Prompt).Count());
        Assert.All(items, item => Assert.DoesNotContain(item.Prompt, seen));
        Assert.All(items, item => Assert.NotNull(verifier.Verify([new ChatMessage("user", item.Prompt)], "x").Score));
        Assert.Equal(["format", "grounded", "harmful", "polite", "unknown"], items.Select(item => item.Slice).Distinct().Order());
        Assert.All(items.GroupBy(item => item.Slice), slice => Assert.True(slice.Count() >= 48 && slice.DistinctBy(item => item.Cluster).Count() >= 16, slice.Key));
    }

    [Fact]
    public void Abilities_Items_AreEachAboutSomethingElse()
    {
        var items = Suites.Abilities();

        Assert.Equal(120, items.Count);
        Assert.Equal(120, items.DistinctBy(item => item.Cluster).Count());
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "AlignOps.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("AlignOps.sln is in no folder above the tests.");
        }

        return directory.FullName;
    }
}
