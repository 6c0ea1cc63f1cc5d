namespace AlignOps.Data.Formats;

/// <summary>The formats that are read, in the order in which a row's keys are tried against them.</summary>
public static class FeedbackFormats
{
    private static readonly IFormatReader[] Readers =
    [
        new EnvelopeReader(),
        new RrhfReader(),
        new HhRlhfReader(),
        new TrlPreferenceReader(),
        new CritiqueReader(),
        new ThumbsReader(),
        new MessagesReader(),
        new AlpacaReader(),
    ];

    /// <summary>The names that <c>format=</c> takes and that reports show.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Select(reader => reader.Name)];

    internal static IFormatReader? Find(string name) => Array.Find(Readers, reader => reader.Name == name);

    internal static IFormatReader? Detect(RowFields fields) => Array.Find(Readers, reader => reader.Recognises(fields));
}
