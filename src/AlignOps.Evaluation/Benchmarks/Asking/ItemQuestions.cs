namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>What stands before an item's answer: the solved examples, then the question.</summary>
internal sealed class ItemQuestions(Benchmark benchmark, BenchmarkSettings settings)
{
    private const string Between = "\n\n";

    private readonly string _shots = string.Concat(settings.Shots.Select(shot => Question(shot) + benchmark.Delimiter + Answer(shot) + Between));

    public string Of(BenchmarkItem item) => _shots + Question(item);

    private static string Question(BenchmarkItem item) => item switch
    {
        ChoiceItem choice => choice.Context,
        WrittenItem written => written.Prompt,
        _ => "",
    };

    private static string Answer(BenchmarkItem item) => item switch
    {
        ChoiceItem choice => choice.Choices[choice.Gold[0]],
        ExactItem exact => exact.Targets[0],
        _ => "",
    };
}
