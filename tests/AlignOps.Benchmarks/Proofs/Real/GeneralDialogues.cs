using System.IO.Compression;
using System.Text.Json;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>
/// What the base reads before any feedback: instructions of every kind with written and models' answers (FLASK's items and the answers of two models to
/// them). Nothing in it was taken from the preference data.
/// </summary>
internal static class GeneralDialogues
{
    private const string Items = "flask_evaluation.jsonl.gz";

    private static readonly string[] Answers = ["flask-outputs-llama2_chat_70b.jsonl.gz", "flask-outputs-vicuna_13b.jsonl.gz"];

    public static IReadOnlyList<string> Files { get; } = [Items, .. Answers];

    /// <summary>Instruction and answer, in the files' order.</summary>
    public static IReadOnlyList<(string Instruction, string Answer)> Read(string folder)
    {
        var items = Lines(Path.Combine(folder, Items)).ToArray();
        var instructions = items.ToDictionary(item => item.GetProperty("idx").GetInt32(), item => Text(item, "instruction"));
        var written = items.Select(item => (Text(item, "instruction"), Text(item, "answer")));
        var models = Answers
            .SelectMany(file => Lines(Path.Combine(folder, file)))
            .Select(answer => (Item: answer.GetProperty("question_id").GetInt32(), Text: Text(answer, "text")))
            .Where(answer => instructions.ContainsKey(answer.Item))
            .Select(answer => (instructions[answer.Item], answer.Text));
        return [.. models, .. written];
    }

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<JsonElement>(line);
        }
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
