using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>Alpaca's rows: <c>instruction</c>, an <c>input</c> that may be empty, and the demonstrated <c>output</c> (tatsu-lab/stanford_alpaca).</summary>
internal sealed class AlpacaReader : IFormatReader
{
    public string Name => "alpaca";

    public string Keys => "instruction, output";

    public bool Recognises(RowFields fields) => fields.Has("instruction") && fields.Has("output");

    public RowContent Read(RowFields fields) => RowContent.Demonstration(Instruction(fields), fields.Answer("output"));

    /// <summary>The instruction as the user's turn, with the input below it where there is one.</summary>
    public static IReadOnlyList<ChatMessage> Instruction(RowFields fields)
    {
        var instruction = fields.Text("instruction", RowReasons.EmptyPrompt);
        return Prompt(instruction, fields.OptionalText("input"));
    }

    public static IReadOnlyList<ChatMessage> Prompt(string instruction, string? input) =>
        [new ChatMessage("user", string.IsNullOrWhiteSpace(input) ? instruction : $"{instruction}\n\n{input}")];
}
