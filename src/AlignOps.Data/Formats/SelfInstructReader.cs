using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>Self-Instruct's seed tasks: an <c>instruction</c> and <c>instances</c>, each an <c>input</c> with its <c>output</c> (yizhongw/self-instruct). Each instance is a demonstration.</summary>
internal sealed class SelfInstructReader : IFormatReader
{
    public string Name => "self-instruct";

    public string Keys => "instruction, instances with input and output";

    public bool Recognises(RowFields fields) => fields.Has("instruction") && fields.IsList("instances");

    public RowContent Read(RowFields fields) => ReadAll(fields)[0];

    public IReadOnlyList<RowContent> ReadAll(RowFields fields)
    {
        var instruction = fields.Text("instruction", RowReasons.EmptyPrompt);
        var rows = fields.Objects("instances", RowReasons.NoAnswer, instance =>
            RowContent.Demonstration(AlpacaReader.Prompt(instruction, instance.OptionalText("input")), instance.Answer("output")));
        if (rows.Count > 0)
        {
            return rows;
        }

        fields.Fail(RowReasons.NoAnswer, "The task has no instance.");
        return [RowContent.Demonstration([], "")];
    }
}
