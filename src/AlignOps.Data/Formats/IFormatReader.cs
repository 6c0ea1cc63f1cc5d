namespace AlignOps.Data.Formats;

/// <summary>Reads one format's rows into the envelope.</summary>
internal interface IFormatReader
{
    /// <summary>Stable name, as in <c>?format=</c> and in provenance.</summary>
    string Name { get; }

    /// <summary>Whether a row has this format's keys. Readers are asked in a fixed order; the first that says yes reads.</summary>
    bool Recognises(RowFields fields);

    /// <summary>Reads the row. When a field is not as it should be, <see cref="RowFields.Fault"/> says so and the returned content means nothing.</summary>
    RowContent Read(RowFields fields);
}
