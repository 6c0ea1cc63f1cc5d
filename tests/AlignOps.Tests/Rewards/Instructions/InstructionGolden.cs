using System.Text.Json;
using AlignOps.Rewards.Instructions;

namespace AlignOps.Tests.Rewards.Instructions;

/// <summary>Rows and answers with what lm-evaluation-harness' own ifeval task found in them (make_ifeval.py).</summary>
internal sealed record InstructionGolden(IReadOnlyList<string> Responses, IReadOnlyList<InstructionGolden.Row> Rows, JsonElement All)
{
    public static InstructionGolden Read()
    {
        using var stream = typeof(InstructionGolden).Assembly.GetManifestResourceStream("ifeval.json")!;
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement.Clone();
        string[] responses = [.. root.GetProperty("responses").EnumerateArray().Select(one => one.GetString()!)];
        return new InstructionGolden(responses, [.. root.GetProperty("rows").EnumerateArray().Select(row => new Row(row, responses[row.GetProperty("response").GetInt32()]))], root);
    }

    /// <summary>Every instruction of every row that came out otherwise, strictly or loosely.</summary>
    public IEnumerable<string> Differences()
    {
        foreach (var row in Rows)
        {
            var (instructions, fault) = InstructionFollowing.Read(row.Value.GetProperty("instruction_id_list"), row.Value.GetProperty("kwargs"));
            if (fault is not null)
            {
                yield return fault;
                continue;
            }

            foreach (var (kind, ours) in new[] { ("strict", InstructionFollowing.Strict(instructions, row.Response)), ("loose", InstructionFollowing.Loose(instructions, row.Response)) })
            {
                var theirs = row.Value.GetProperty(kind).EnumerateArray().Select(one => one.GetBoolean()).ToList();
                foreach (var i in Enumerable.Range(0, theirs.Count).Where(i => ours[i] != theirs[i]))
                {
                    yield return $"{kind} {instructions[i].Id} {row.Value.GetProperty("kwargs")[i]}: {theirs[i]} there, for {JsonSerializer.Serialize(row.Response)}";
                }
            }
        }
    }

    /// <param name="Value">In IFEval's format, with <c>strict</c> and <c>loose</c>.</param>
    internal sealed record Row(JsonElement Value, string Response);
}
