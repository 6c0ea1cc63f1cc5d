using AlignOps.Platform.Definitions;

namespace AlignOps.Tests.Platform;

public sealed class SectionBinderTests
{
    private enum Schedule
    {
        Linear,
        CosineRestarts,
    }

    private sealed record Lora
    {
        public int Rank { get; init; } = 8;

        public IReadOnlyList<string> Targets { get; init; } = ["q_proj"];
    }

    private sealed record Suite(string Name, string File, double Weight = 1);

    private sealed record Training
    {
        public string Method { get; init; } = "sft";

        public double LearningRate { get; init; } = 1e-3;

        public float Clip { get; init; } = 1;

        public long Seed { get; init; }

        public int? MaxTokens { get; init; } = 512;

        public bool Pack { get; init; }

        public Schedule Schedule { get; init; }

        public Lora Lora { get; init; } = new();

        public IReadOnlyList<Suite> Suites { get; init; } = [];

        public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();
    }

    [Fact]
    public void Bind_SectionAbsentOrEmpty_IsTheDefaults()
    {
        Assert.Equivalent(new Training(), Bind("other: {}").Value);
        Assert.Equivalent(new Training(), Bind("training:").Value);
        Assert.Equivalent(new Training(), Bind("training: {}").Value);
    }

    [Fact]
    public void Bind_EveryKind_IsRead()
    {
        var (training, faults) = Bind("""
            training:
              method: "rrhf"
              learning_rate: 6.0e-3
              clip: .5
              seed: 9000000000
              max_tokens: ~
              pack: true
              schedule: cosine-restarts
              lora: { rank: 4, targets: [q_proj, v_proj] }
              suites:
                - { name: a, file: a.jsonl }
                - { name: b, file: b.jsonl, weight: 2 }
              weights: { harmless: 0.25, helpful: 1 }
            """);

        Assert.Empty(faults);
        Assert.Equal(("rrhf", 6.0e-3, 0.5f, 9_000_000_000, null, true, Schedule.CosineRestarts), (training.Method, training.LearningRate, training.Clip, training.Seed, training.MaxTokens, training.Pack, training.Schedule));
        Assert.Equal(4, training.Lora.Rank);
        Assert.Equal(["q_proj", "v_proj"], training.Lora.Targets);
        Assert.Equal([new Suite("a", "a.jsonl"), new Suite("b", "b.jsonl", 2)], training.Suites);
        Assert.Equal(0.25, training.Weights["harmless"]);
    }

    [Theory]
    [InlineData("learning_rat: 1", "training.learning_rat", "did you mean learning_rate?", 2, 3)]
    [InlineData("learningRate: 1", "training.learningRate", "did you mean learning_rate?", 2, 3)]
    [InlineData("zzzzzzzzzz: 1", "training.zzzzzzzzzz", "known are method, learning_rate", 2, 3)]
    [InlineData("learning_rate: fast", "training.learning_rate", "is 'fast' but must be a number.", 2, 18)]
    [InlineData("learning_rate: \"1\"", "training.learning_rate", "leave the quotes out", 2, 18)]
    [InlineData("learning_rate: .nan", "training.learning_rate", "must be a number", 2, 18)]
    [InlineData("learning_rate: .inf", "training.learning_rate", "must be a number", 2, 18)]
    [InlineData("learning_rate: Infinity", "training.learning_rate", "must be a number", 2, 18)]
    [InlineData("learning_rate: [1]", "training.learning_rate", "single value, not a list", 2, 18)]
    [InlineData("seed: 1.5", "training.seed", "a whole number", 2, 9)]
    [InlineData("pack: yes", "training.pack", "true or false", 2, 9)]
    [InlineData("seed:", "training.seed", "has no value", 2, 8)]
    [InlineData("schedule: cosin-restarts", "training.schedule", "did you mean cosine_restarts?", 2, 13)]
    [InlineData("lora: 4", "training.lora", "must be a mapping", 2, 9)]
    [InlineData("lora: { rank: 4, target: [a] }", "training.lora.target", "did you mean targets?", 2, 20)]
    [InlineData("suites: { name: a }", "training.suites", "must be a list", 2, 11)]
    [InlineData("suites: [ { name: a } ]", "training.suites[0]", "training.suites[0].file is missing.", 2, 13)]
    [InlineData("weights: { a: b }", "training.weights.a", "must be a number", 2, 17)]
    public void Bind_OneFault_IsReportedWithPlaceAndRemedy(string line, string path, string sentence, int atLine, int atColumn)
    {
        var fault = Assert.Single(Bind($"training:\n  {line}\n").Faults);

        Assert.Equal(path, fault.Path);
        Assert.Contains(sentence, fault.Sentence, StringComparison.Ordinal);
        Assert.Equal((atLine, atColumn), (fault.Line, fault.Column));
    }

    [Fact]
    public void Bind_ManyFaults_AreAllReportedAndTheRestIsRead()
    {
        var (training, faults) = Bind("training: { method: rrhf, seed: x, pack: 1, clip: 0.25 }");

        Assert.Equal(["training.seed", "training.pack"], faults.Select(fault => fault.Path));
        Assert.Equal(("rrhf", 0.25f), (training.Method, training.Clip));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- a", "mapping")]
    [InlineData("a: b: c", "not YAML")]
    [InlineData("a: 1\na: 2", "not YAML")]
    [InlineData("a: &x 1\nb: *x", "Anchors")]
    [InlineData("a: !!int 1", "tag")]
    [InlineData("a: !Type {}", "tag")]
    [InlineData("a: 1\n---\nb: 2", "second document")]
    [InlineData("? [a]\n: 1", "mapping")]
    public void Parse_WhatADefinitionDoesNotUse_IsRefused(string yaml, string sentence)
    {
        var (document, faults) = DefinitionDocument.Parse(yaml);

        Assert.Null(document);
        Assert.Contains(sentence, Assert.Single(faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooDeepOrTooLarge_IsRefusedQuickly()
    {
        Assert.Contains("deeper", Assert.Single(DefinitionDocument.Parse("a: " + new string('[', 50_000)).Faults).Sentence, StringComparison.Ordinal);
        Assert.Contains("characters", Assert.Single(DefinitionDocument.Parse(new string('a', 2_000_000)).Faults).Sentence, StringComparison.Ordinal);
    }

    private static (Training Value, IReadOnlyList<SectionFault> Faults) Bind(string yaml)
    {
        var (document, faults) = DefinitionDocument.Parse(yaml);
        Assert.Empty(faults);
        var binding = document!.Bind("training", typeof(Training));
        return ((Training)binding.Value, binding.Faults);
    }
}
