namespace AlignOps.Data.Formats;

/// <summary>Reads one format's rows into the envelope.</summary>
internal interface IFormatReader
{
    /// <summary>Stable name, as in <c>?format=</c> and in provenance.</summary>
    string Name { get; }

    /// <summary>The keys that a report says it was recognised by.</summary>
    string Keys { get; }

    /// <summary>Formats whose keys a row of this one may have besides: where both recognise a row, it is this one's.</summary>
    IReadOnlyList<string> Refines => [];

    /// <summary>Whether a row has this format's keys.</summary>
    bool Recognises(RowFields fields);

    /// <summary>Reads the row. When a field is not as it should be, <see cref="RowFields.Fault"/> says so and the returned content means nothing.</summary>
    RowContent Read(RowFields fields);

    /// <summary>As <see cref="Read"/>, for formats whose one row holds several pieces of feedback.</summary>
    IReadOnlyList<RowContent> ReadAll(RowFields fields) => [Read(fields)];
}
