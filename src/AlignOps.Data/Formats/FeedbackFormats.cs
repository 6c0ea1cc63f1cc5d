using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Formats;

/// <summary>The formats that are read, and which of them a row's keys fit.</summary>
public static class FeedbackFormats
{
    private static readonly IFormatReader[] Readers =
    [
        new EnvelopeReader(),
        new RrhfReader(),
        new HhRlhfReader(),
        new TrlPreferenceReader(),
        new OpenAiPreferenceReader(),
        new UltraFeedbackReader(),
        new PandaLmReader(),
        new HelpSteerReader(),
        new SelFeeReader(),
        new CutReader(),
        new CritiqueReader(),
        new ThumbsReader(),
        new OasstReader(),
        new ShareGptReader(),
        new MessagesReader(),
        new SelfInstructReader(),
        new AlpacaReader(),
        new QuestionAnswerReader(),
        new TaskReader(),
    ];

    /// <summary>The names that <c>format=</c> takes and that reports show; <c>csv</c> stands for a table whose columns tell the rest.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Select(reader => reader.Name), TableShape.Any, .. TableShape.All.Select(shape => shape.Name)];

    /// <summary>The format's name where <paramref name="name"/> is one or another word for one; else null.</summary>
    public static string? Canonical(string name) => name == "kto" ? "thumbs" : Names.FirstOrDefault(known => known == name);

    internal static IReadOnlyList<string> RowNames => [.. Readers.Select(reader => reader.Name)];

    internal static IFormatReader? Find(string name) => Array.Find(Readers, reader => reader.Name == name);

    /// <summary>The readers whose keys a row has, less those that another of them refines. More than one: the row is ambiguous.</summary>
    internal static IReadOnlyList<IFormatReader> Detect(RowFields fields)
    {
        var fits = Array.FindAll(Readers, reader => reader.Recognises(fields));
        return fits.Length < 2 ? fits : [.. fits.Where(reader => !fits.Any(other => other.Refines.Contains(reader.Name)))];
    }
}
