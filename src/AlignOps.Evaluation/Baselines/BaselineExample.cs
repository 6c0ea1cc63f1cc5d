using System.Text.Json;

namespace AlignOps.Evaluation.Baselines;

/// <summary>A solved example of the baseline's prompt.</summary>
internal sealed record BaselineExample(string Prompt, string Answer)
{
    private const int Most = 16;

    /// <summary>JSONL of <c>{"prompt", "answer"}</c>.</summary>
    /// <returns>The examples, or what is wrong with the file.</returns>
    public static (IReadOnlyList<BaselineExample> Examples, string? Fault) Read(string text)
    {
        List<BaselineExample> examples = [];
        foreach (var (line, number) in text.Split('\n').Select((line, i) => (line.Trim(), i + 1)).Where(line => line.Item1.Length > 0))
        {
            try
            {
                var example = JsonSerializer.Deserialize<BaselineExample>(line, JsonSerializerOptions.Web);
                if (example is not { Prompt.Length: > 0, Answer.Length: > 0 }) return ([], $"line {number}: an example has a prompt and an answer.");
                examples.Add(example);
            }
            catch (JsonException fault)
            {
                return ([], $"line {number}: not valid JSON: {fault.Message}");
            }
        }

        return examples.Count is >= 1 and <= Most ? (examples, null) : ([], $"it has {examples.Count} examples; give 1 to {Most}, such as 3.");
    }
}
