using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats.Tables;

/// <summary>A kind of table: the columns it must have for its rows to be feedback.</summary>
/// <param name="Name">As in <c>format=</c> and in reports.</param>
/// <param name="Beside">Columns that such a table may also have and that are read.</param>
internal sealed record TableShape(string Name, FeedbackKind Kind, IReadOnlyList<ColumnRole> Required, IReadOnlyList<ColumnRole> Beside)
{
    /// <summary>A table whose columns tell its shape.</summary>
    public const string Any = "csv";

    public static readonly IReadOnlyList<TableShape> All =
    [
        new("csv-pairs", FeedbackKind.Preference, [ColumnRole.Prompt, ColumnRole.Chosen, ColumnRole.Rejected], []),
        new("csv-thumbs", FeedbackKind.Thumb, [ColumnRole.Prompt, ColumnRole.Answer, ColumnRole.Label], [ColumnRole.Critique]),
        new("csv-ratings", FeedbackKind.Rating, [ColumnRole.Prompt, ColumnRole.Answer, ColumnRole.Score], []),
        new("csv-critiques", FeedbackKind.Critique, [ColumnRole.Prompt, ColumnRole.Answer, ColumnRole.Critique], [ColumnRole.Score]),
        new("csv-demonstrations", FeedbackKind.Demonstration, [ColumnRole.Prompt, ColumnRole.Answer], []),
    ];

    private static readonly ColumnRole[] Judgements = [ColumnRole.Chosen, ColumnRole.Rejected, ColumnRole.Label, ColumnRole.Score, ColumnRole.Critique];

    public static TableShape? Find(string name) => All.FirstOrDefault(shape => shape.Name == name);

    /// <summary>Whether a table with these columns is of this shape and no column is left that judges otherwise.</summary>
    public bool Fits(IReadOnlyCollection<ColumnRole> roles) =>
        Required.All(roles.Contains) && roles.Where(Judgements.Contains).All(role => Required.Contains(role) || Beside.Contains(role));

    public string Columns => string.Join(", ", Required.Select(role => role.ToString().ToLowerInvariant()));
}
