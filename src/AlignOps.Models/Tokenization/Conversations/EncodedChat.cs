using System.Runtime.InteropServices;

namespace AlignOps.Models.Tokenization.Conversations;

/// <summary>A written conversation, its tokens, and where in the text they stand.</summary>
internal sealed class EncodedChat
{
    private readonly TextPipeline _pipeline;
    private readonly List<StretchMark> _marks = [];
    private readonly List<int> _tokens = [];

    public EncodedChat(TextPipeline pipeline, TracedText text)
    {
        _pipeline = pipeline;
        Text = text;
        pipeline.Encode(text, _tokens, marks: _marks);
    }

    public TracedText Text { get; }

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>One past the last character that a message wrote; 0 where it wrote none.</summary>
    public int LastOf(int message) => Text.Runs.LastOrDefault(r => r.Source == message).End;

    /// <summary>The first special token at or behind a position.</summary>
    public StretchMark? SpecialBehind(int position) => Find(_marks, m => m.Start >= position && IsSpecial(m));

    /// <summary>The last special token that ends at a position, or before it with but white space between.</summary>
    public StretchMark? SpecialBefore(int position) =>
        Find(_marks.AsEnumerable().Reverse(), m => m.End <= position && IsSpecial(m)) is { } mark && Text.Value.AsSpan(mark.End, position - mark.End).IsWhiteSpace() ? mark : null;

    /// <summary>The token that begins at a position; null where the tokens up to there are not those of the text up to there.</summary>
    public int? TokenAt(int position)
    {
        if (Find(_marks, m => m.End > position) is not { } mark)
        {
            return _tokens.Count;
        }

        if (mark.Start >= position || mark.IsAdded)
        {
            return mark.Start >= position ? mark.Token : null;
        }

        List<int> before = [];
        _pipeline.EncodeBeginning(Text, mark, position, before);
        return Tokens[mark.Token..].StartsWith(CollectionsMarshal.AsSpan(before)) ? mark.Token + before.Count : null;
    }

    private static StretchMark? Find(IEnumerable<StretchMark> marks, Func<StretchMark, bool> wanted)
    {
        foreach (StretchMark mark in marks)
        {
            if (wanted(mark))
            {
                return mark;
            }
        }

        return null;
    }

    private bool IsSpecial(StretchMark mark) => mark.IsAdded && _pipeline.AddedToken(_tokens[mark.Token])?.Special == true;
}
