using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

/// <summary>Text to token ids and back, with the checkpoint's chat template.</summary>
public interface ITokenizer
{
    int VocabularySize { get; }

    /// <summary>Encodes plain text: special tokens' texts in it stay text, so that untrusted input cannot close a turn.</summary>
    int[] Encode(string text);

    /// <summary>Decodes; special tokens are left out.</summary>
    string Decode(ReadOnlySpan<int> tokens);

    /// <summary>What a token stands for in UTF-8, which may be part of a character; empty for special tokens and ids that no token has.</summary>
    ReadOnlySpan<byte> Bytes(int token);

    /// <summary>The conversation by the chat template, ending where the assistant's answer begins.</summary>
    /// <exception cref="ChatTemplateException">The template refuses these messages.</exception>
    int[] EncodePrompt(IReadOnlyList<ChatMessage> messages);

    /// <summary>An assistant's answer as it stands after <see cref="EncodePrompt"/>, the end-of-turn token included: it is always trained.</summary>
    /// <exception cref="ChatTemplateException">The template cannot write an answer that its prompt leads to.</exception>
    int[] EncodeAnswer(string answer);

    /// <summary>
    /// The whole conversation by the chat template, with what its assistant turns cover. Each turn's prompt, as <see cref="EncodePrompt"/> gives it,
    /// is a prefix of the tokens, or the result is a fault.
    /// </summary>
    ConversationTokens EncodeConversation(IReadOnlyList<ChatMessage> messages) => TurnByTurn.Encode(this, messages);
}
