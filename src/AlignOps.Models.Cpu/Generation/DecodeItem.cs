namespace AlignOps.Models.Cpu.Generation;

/// <summary>Rows of a step that belong to one request and stand together.</summary>
/// <param name="Position">Of the first of them.</param>
internal readonly record struct DecodeItem(DecodeSlot Slot, int FirstRow, int Rows, int Position);
