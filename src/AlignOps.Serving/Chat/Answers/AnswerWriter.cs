using System.Text;
using System.Threading.Channels;
using AlignOps.Models.Generation;
using AlignOps.Models.Tokenization;
using AlignOps.Serving.Chat.Requests;

namespace AlignOps.Serving.Chat.Answers;

/// <summary>
/// Writes one choice while the engine draws it: tokens come in on the engine's thread, pieces go out to whoever reads the channel. It ends the answer at a stop,
/// or when the caller is gone.
/// </summary>
internal sealed class AnswerWriter(int index, ChatRequest request, ITokenizer tokenizer, ChannelWriter<AnswerPiece> pieces, CancellationToken gone) : ITokenListener
{
    private readonly AnswerText _text = new(request.Stop);
    private readonly StringBuilder _whole = new();
    private readonly Queue<(int Start, TokenLogProbability Report)> _reports = [];

    public int Index => index;

    /// <summary>Tokens drawn, those of a stop included.</summary>
    public int Tokens { get; private set; }

    /// <summary>The answer so far.</summary>
    public string Text => _whole.ToString();

    public bool Hear(DrawnToken token)
    {
        if (gone.IsCancellationRequested)
        {
            return false;
        }

        Tokens++;
        if (request.LogProbabilities)
        {
            _reports.Enqueue((_text.Length, TokenReport.Of(token, tokenizer)));
        }

        var text = _text.Append(tokenizer.Bytes(token.Token));
        _whole.Append(text);
        if (text.Length > 0)
        {
            pieces.TryWrite(new AnswerPiece(index, text, Reports(_text.Given)));
        }

        return !_text.Stopped;
    }

    /// <summary>The last piece, after the engine is done. Not written yet: the answer goes on record first.</summary>
    public AnswerPiece Finish(FinishReason reason)
    {
        var text = _text.Finish();
        _whole.Append(text);
        return new AnswerPiece(
            index, text, Reports(_text.Stopped ? _text.Given : int.MaxValue), _text.Stopped || reason == FinishReason.Stop ? "stop" : "length");
    }

    /// <summary>A token is told with the piece that holds its first character.</summary>
    private List<TokenLogProbability> Reports(int end)
    {
        List<TokenLogProbability> told = [];
        while (_reports.TryPeek(out var next) && next.Start < end)
        {
            told.Add(_reports.Dequeue().Report);
        }

        return told;
    }
}
