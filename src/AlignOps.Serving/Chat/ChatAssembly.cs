using System.Text;
using AlignOps.Serving.Chat.Answers;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Chat.Wire;

namespace AlignOps.Serving.Chat;

/// <summary>Puts a session's pieces together to one completion.</summary>
internal static class ChatAssembly
{
    public static async Task<ChatCompletion> WholeAsync(ChatSession session, CancellationToken cancellationToken)
    {
        var choices = Enumerable.Range(0, session.Request.Choices).Select(_ => new Choice()).ToArray();
        await foreach (var piece in session.Pieces.ReadAllAsync(cancellationToken))
        {
            choices[piece.Index].Take(piece);
        }

        return ChatCompletion.Of(session.Header, [.. choices.Select((choice, index) => choice.ToWire(index, session.Request.LogProbabilities))], session.Usage);
    }

    private sealed class Choice
    {
        private readonly StringBuilder _text = new();
        private readonly List<TokenLogProbability> _logProbabilities = [];
        private string _finishReason = "";

        public void Take(AnswerPiece piece)
        {
            _text.Append(piece.Text);
            _logProbabilities.AddRange(piece.LogProbabilities);
            _finishReason = piece.FinishReason ?? _finishReason;
        }

        public ChatChoice ToWire(int index, bool logProbabilities) => new(
            index, new ChatAnswer("assistant", _text.ToString()), logProbabilities ? new ChoiceLogProbabilities(_logProbabilities) : null, _finishReason);
    }
}
