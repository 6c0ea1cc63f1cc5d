using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>OpenAI's and Azure OpenAI's preference rows: <c>input</c> with <c>messages</c>, and one assistant's message in <c>preferred_output</c> and in <c>non_preferred_output</c>.</summary>
internal sealed class OpenAiPreferenceReader : IFormatReader
{
    public string Name => "openai-preference";

    public string Keys => "input, preferred_output, non_preferred_output";

    public bool Recognises(RowFields fields) => fields.Has("preferred_output") || fields.Has("non_preferred_output");

    public RowContent Read(RowFields fields)
    {
        ChatMessage[] prompt = [];
        if (fields.Object("input") is { } input)
        {
            prompt = input.Messages("messages", RowReasons.EmptyPrompt);
            fields.FailAs(input, "input");
        }

        return RowContent.Preference(prompt, fields.AnswerTurn("preferred_output"), fields.AnswerTurn("non_preferred_output"));
    }
}
