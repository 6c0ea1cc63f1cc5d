using AlignOps.Data;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Conversations;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// A checkpoint's BPE tokenizer, with its chat template. Byte-level ones give any text back unchanged where the vocabulary has all bytes,
/// as a trained one does; unpaired surrogates become U+FFFD. Safe for concurrent use.
/// </summary>
public sealed class BpeTokenizer : ITokenizer
{
    private readonly TextPipeline _pipeline;
    private readonly ConversationEncoder? _conversations;
    private readonly TokenizerFiles? _files;

    /// <param name="files">Where it was loaded from; null for a trained one.</param>
    internal BpeTokenizer(TextPipeline pipeline, ChatTemplate? template, TokenizerFiles? files = null)
    {
        _pipeline = pipeline;
        _files = files;
        Template = template;
        SpecialTokens = [.. pipeline.Parts.AddedTokens.Where(t => t.Special).Select(t => new SpecialToken(t.Id, t.Content))];
        _conversations = template is null ? null : new ConversationEncoder(pipeline, template);
        if (template is BuiltInTemplate builtIn)
        {
            foreach (string needed in builtIn.SpecialTokens.Where(t => t != ChatTemplate.Padding))
            {
                _ = Id(needed) ?? throw new ArgumentException($"The chat template {template.Name} needs the special token {needed}.", nameof(template));
            }
        }

        EndOfTurnToken = template switch
        {
            BuiltInTemplate known => Id(known.EndOfTurn)!.Value,
            not null => _conversations!.EndOfTurn() ?? throw new ChatTemplateException(
                TokenizationFaults.NoEndOfTurn, "The chat template ends an answer with no special token: a model trained on it would not stop."),
            null => files?.Config.EosToken is { } end ? Id(end) ?? -1 : -1,
        };
        int? padding = Id(files?.Config.PadToken ?? ChatTemplate.Padding);
        PaddingToken = padding == EndOfTurnToken ? null : padding;
    }

    public int VocabularySize => _pipeline.VocabularySize;

    /// <summary>Null where the checkpoint has none and was loaded so.</summary>
    public ChatTemplate? Template { get; }

    public IReadOnlyList<SpecialToken> SpecialTokens { get; }

    /// <summary>The token that ends an answer: a policy's end-of-sequence token; −1 where nothing says which.</summary>
    public int EndOfTurnToken { get; }

    /// <summary>A token that is never an answer's end; null where the vocabulary has none.</summary>
    public int? PaddingToken { get; }

    internal BpeModel Model => (BpeModel)_pipeline.Words;

    internal TextPipeline Pipeline => _pipeline;

    public int[] Encode(string text) => Encode(TracedText.Of(text, TracedText.Outside));

    /// <summary>Encodes text whose special tokens' texts mean those tokens, as the reference library does by default: for text that somebody vouches for.</summary>
    /// <param name="wrapped">With the special tokens that tokenizer.json puts around a text, where they do not stand there already: never two beginnings.</param>
    public int[] EncodeTrusted(string text, bool wrapped = false)
    {
        int[] tokens = Encode(TracedText.Of(text));
        return wrapped ? Wrap(tokens) : tokens;
    }

    /// <summary>Plain text with the special tokens that tokenizer.json puts around a text, such as Llama's that begins a sequence.</summary>
    public int[] EncodeDocument(string text) => Wrap(Encode(text));

    public string Decode(ReadOnlySpan<int> tokens) => _pipeline.Decode(tokens);

    /// <summary>Decodes with special tokens' texts.</summary>
    public string DecodeAll(ReadOnlySpan<int> tokens) => _pipeline.Decode(tokens, withSpecial: true);

    /// <summary>A token as tokenizer.json spells it; null for ids that no token has.</summary>
    public string? Spelling(int token) => _pipeline.Spelling(token);

    public ReadOnlySpan<byte> Bytes(int token) => _pipeline.Bytes(token);

    public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => Conversations.Prompt(messages);

    public int[] EncodeAnswer(string answer) => Template is BuiltInTemplate && _pipeline.Words is BpeModel
        ? [.. Encode(answer), EndOfTurnToken]
        : Conversations.Answer(answer);

    public ConversationTokens EncodeConversation(IReadOnlyList<ChatMessage> messages) => Conversations.Encode(messages);

    /// <summary>The conversation as the template writes it, before it is encoded.</summary>
    /// <exception cref="ChatTemplateException">The template refuses these messages, or there is none.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt) =>
        (Template ?? throw NoTemplate()).Render(messages, addGenerationPrompt).Text.Value;

    /// <summary>Writes tokenizer.json and tokenizer_config.json; the same tokenizer gives the same bytes, and one that was loaded its own files.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        if (_files is not null)
        {
            _files.CopyTo(directory);
            return;
        }

        TokenizerJsonWriter.Write(Path.Combine(directory, Tokenizer.ModelFile), _pipeline.Parts);
        TokenizerConfigJson.Write(Path.Combine(directory, Tokenizer.ConfigFile), this);
    }

    private ConversationEncoder Conversations => _conversations ?? throw NoTemplate();

    private static ChatTemplateException NoTemplate() => new(TokenizationFaults.NoTemplate, "The checkpoint has no chat template to write a conversation by.");

    private int? Id(string content) => SpecialTokens.FirstOrDefault(t => t.Content == content)?.Id;

    private int[] Encode(TracedText text)
    {
        List<int> tokens = [];
        _pipeline.Encode(text, tokens);
        return [.. tokens];
    }

    private int[] Wrap(int[] tokens)
    {
        int[] prefix = [.. _pipeline.Parts.Prefix];
        int[] suffix = [.. _pipeline.Parts.Suffix];
        return [
            .. tokens.AsSpan().StartsWith(prefix) ? [] : prefix,
            .. tokens,
            .. tokens.AsSpan().EndsWith(suffix) ? [] : suffix,
        ];
    }
}
