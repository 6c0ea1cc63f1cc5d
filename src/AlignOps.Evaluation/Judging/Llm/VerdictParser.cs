using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>Reads which of two answers a judge prefers: <c>[[A]]</c>, <c>[[B]]</c> or <c>[[TIE]]</c>, as <see cref="BracketReader"/> has it.</summary>
internal static class VerdictParser
{
    public static JudgeVerdict Parse(ChatAnswer answer) => Spoken.Read(answer, Preferred) is var found && found.Unscored is { } reason ? JudgeVerdict.Unscored(reason) : JudgeVerdict.Of(found.Value);

    public static Found<Preference> Preferred(string text) => BracketReader.Read(text, verdict => Offered(verdict) is not null).As(verdict => Offered(verdict)!.Value);

    public static Preference? Offered(string verdict) => verdict switch
    {
        "A" => Preference.First,
        "B" => Preference.Second,
        "TIE" => Preference.Tie,
        _ => null,
    };
}
