using System.Collections.Frozen;

namespace AlignOps.Data.Formats.Tables;

/// <summary>The names by which columns are recognised, whatever their case and whether words are joined by blanks, dashes or underscores.</summary>
internal static class ColumnNames
{
    private static readonly (ColumnRole[] Roles, string[] Names)[] Known =
    [
        ([ColumnRole.Prompt], ["prompt", "question", "query", "instruction", "request", "user", "user_message", "customer"]),
        ([ColumnRole.Input], ["input", "context"]),
        ([ColumnRole.System], ["system", "system_prompt"]),
        ([ColumnRole.Answer], ["answer", "completion", "response", "output", "reply", "assistant", "bot", "model_output"]),
        ([ColumnRole.Chosen], ["chosen", "preferred", "better", "winner"]),
        ([ColumnRole.Rejected], ["rejected", "dispreferred", "worse", "loser"]),
        ([ColumnRole.Label], ["label", "thumb", "thumbs", "vote", "like", "liked", "helpful", "thumbs_up"]),
        ([ColumnRole.Score], ["score", "stars", "grade"]),
        ([ColumnRole.Critique], ["critique", "comment", "comments", "judgment", "judgement", "remark"]),
        ([ColumnRole.Label, ColumnRole.Critique], ["feedback"]),
        ([ColumnRole.Label, ColumnRole.Score], ["rating"]),
    ];

    private static readonly FrozenDictionary<string, ColumnRole[]> Roles =
        Known.SelectMany(known => known.Names.Select(name => (name, known.Roles))).ToFrozenDictionary(known => known.name, known => known.Roles, StringComparer.Ordinal);

    /// <summary>What the column may hold: nothing that is known, one thing, or either of two.</summary>
    public static IReadOnlyList<ColumnRole> RolesOf(string column) => Roles.GetValueOrDefault(Plain(column), []);

    private static string Plain(string column) => column.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
