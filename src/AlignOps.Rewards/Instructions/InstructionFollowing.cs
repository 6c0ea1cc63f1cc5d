using System.Text.Json;
using AlignOps.Rewards.Instructions.Kinds;

namespace AlignOps.Rewards.Instructions;

/// <summary>Reads and checks instructions by IFEval's rules.</summary>
public static class InstructionFollowing
{
    public static IReadOnlyList<string> Ids { get; } = [.. InstructionKinds.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>From a list of <c>{"id": …, arguments}</c>, or from ids and arguments in two lists as IFEval's rows have them.</summary>
    /// <param name="arguments">Null where <paramref name="instructions"/> holds both.</param>
    public static InstructionReading Read(JsonElement instructions, JsonElement? arguments = null)
    {
        if (instructions.ValueKind != JsonValueKind.Array || instructions.GetArrayLength() == 0) return Fault("instructions are a list with at least one.");
        if (arguments is { } given && (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() != instructions.GetArrayLength())) return Fault("there is not one object of arguments an instruction.");
        List<Instruction> read = [];
        for (var i = 0; i < instructions.GetArrayLength(); i++)
        {
            var one = instructions[i];
            var id = arguments is null && one.ValueKind == JsonValueKind.Object && one.TryGetProperty("id", out var named) ? named : one;
            if (id.ValueKind != JsonValueKind.String || !InstructionKinds.All.TryGetValue(id.GetString()!, out var kind)) return Fault($"instruction {i + 1} is none that can be checked; there are {string.Join(", ", Ids)}.");
            if (kind(new InstructionArguments(arguments?[i] ?? one)) is not { } check) return Fault($"instruction {i + 1}, {id.GetString()}, lacks an argument, or has one that makes no sense.");
            read.Add(new Instruction(id.GetString()!, check));
        }

        return new InstructionReading(read, null);
    }

    /// <summary>An instruction each: whether the answer, as it is, follows it. An empty answer follows none.</summary>
    public static IReadOnlyList<bool> Strict(IReadOnlyList<Instruction> instructions, string answer) =>
        [.. instructions.Select(instruction => !string.IsNullOrWhiteSpace(answer) && instruction.IsFollowed(answer))];

    /// <summary>
    /// Whether it does so in any of eight forms: without its first line, its last line or both (a model's preface and its farewell), and each of them without asterisks.
    /// </summary>
    public static IReadOnlyList<bool> Loose(IReadOnlyList<Instruction> instructions, string answer)
    {
        var lines = answer.Split('\n');
        string[] forms = [answer, Join(lines[1..]), Join(lines[..^1]), lines.Length < 2 ? "" : Join(lines[1..^1])];
        string[] all = [.. forms.Concat(forms.Select(form => form.Replace("*", "", StringComparison.Ordinal))).Where(form => !string.IsNullOrWhiteSpace(form)).Distinct(StringComparer.Ordinal)];
        return [.. instructions.Select(instruction => all.Any(instruction.IsFollowed))];
    }

    private static string Join(string[] lines) => string.Join('\n', lines).Trim();

    private static InstructionReading Fault(string sentence) => new([], sentence);
}
