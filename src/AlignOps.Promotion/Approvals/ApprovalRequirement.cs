using System.Globalization;
using System.Text.RegularExpressions;
using AlignOps.Platform.Access;

namespace AlignOps.Promotion.Approvals;

/// <summary>How many people of which role must agree before a proven candidate is promoted; written <c>2 of ops</c>.</summary>
/// <param name="Role">The lowest role that counts; higher ones include it.</param>
internal sealed partial record ApprovalRequirement(int Needed, AccessRole Role)
{
    public const int Most = 9;

    public string RoleName => Role.ToString().ToLowerInvariant();

    /// <summary>For people: <c>2 approvals of ops</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Needed} {(Needed == 1 ? "approval" : "approvals")} of {RoleName}");

    /// <returns>Null where the text is not <c>N of ROLE</c>.</returns>
    public static ApprovalRequirement? Parse(string text) =>
        Form().Match(text) is { Success: true } match && Enum.TryParse<AccessRole>(match.Groups["role"].Value, ignoreCase: true, out var role)
            ? new ApprovalRequirement(int.Parse(match.Groups["needed"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), role)
            : null;

    [GeneratedRegex("^(?<needed>[1-9]) of (?<role>product|ops|admin)$")]
    private static partial Regex Form();
}
