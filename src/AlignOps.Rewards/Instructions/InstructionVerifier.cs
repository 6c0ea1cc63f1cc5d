using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Rewards.Instructions;

/// <summary>
/// <c>instructions</c>: whether the answer follows each of <c>expect.instructions</c>, a list of <c>{"id": "length_constraints:number_words", "relation": "at least", "num_words": 50}</c>
/// by IFEval's names (Zhou et al., 2023, arXiv 2311.07911). The score is the share that is followed strictly; a check each, named by its id.
/// </summary>
internal sealed class InstructionVerifier : IVerifier
{
    public string Name => "instructions";

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"instructions 1, strict\n{string.Join('\n', InstructionFollowing.Ids)}")));

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) => Verify(prompt, answer, null);

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect)
    {
        if (expect is not { ValueKind: JsonValueKind.Object } expected || !expected.TryGetProperty("instructions", out var list)) return Verification.Unscored("The item has no expect.instructions.");
        var (instructions, fault) = InstructionFollowing.Read(list);
        if (fault is not null) return Verification.Unscored($"The item's {fault}");

        var followed = InstructionFollowing.Strict(instructions, answer);
        var checks = new Dictionary<string, bool>();
        for (var i = 0; i < followed.Count; i++)
        {
            var again = instructions.Take(i).Count(one => one.Id == instructions[i].Id);
            checks[again == 0 ? instructions[i].Id : string.Create(CultureInfo.InvariantCulture, $"{instructions[i].Id} {again + 1}")] = followed[i];
        }

        return new Verification(followed.Average(one => one ? 1.0 : 0.0), checks);
    }
}
