using System.Threading.Channels;
using AlignOps.Models.Generation;
using AlignOps.Models.Sampling;
using AlignOps.Serving.Chat.Answers;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Policies;

namespace AlignOps.Serving.Chat.Sessions;

/// <summary>
/// One request while its choices are written. It holds on to the policy that it began with, so a switch in the middle mixes no answer; once it is disposed,
/// what is still being generated stops at its next token.
/// </summary>
internal sealed class ChatSession : IDisposable
{
    private readonly PolicyLease _lease;
    private readonly ChatContext _context;
    private readonly ChatRecorder _recorder;
    private readonly CancellationTokenSource _leaving;
    private readonly CancellationToken _gone;
    private readonly Channel<AnswerPiece> _pieces = Channel.CreateUnbounded<AnswerPiece>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<AnswerWriter> _writers = [];

    public ChatSession(PolicyLease lease, ChatContext context, ChatRecorder recorder, CancellationToken aborted)
    {
        (_lease, _context, _recorder) = (lease, context, recorder);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _gone = _leaving.Token;
    }

    public ChatHeader Header => _context.Header;

    /// <summary>As what the policy answers.</summary>
    public string Role => _context.Assignment.Role;

    public ChatRequest Request => _context.Request;

    /// <summary>What all choices become, in the order of their writing; it fails as the engine does.</summary>
    public ChannelReader<AnswerPiece> Pieces => _pieces.Reader;

    /// <summary>Whole once <see cref="Pieces"/> has ended.</summary>
    public ChatUsage Usage
    {
        get
        {
            var completion = _writers.Sum(writer => writer.Tokens);
            return new ChatUsage(_context.PromptTokens, completion, _context.PromptTokens + completion);
        }
    }

    /// <summary>Queues every choice, or none: false when the queue has no room for them.</summary>
    /// <param name="generation">For the first choice; the others draw from seeds of their own that follow from its seed.</param>
    public bool TryStart(GenerationRequest generation)
    {
        List<Task<GenerationResult>> answers = [];
        for (var index = 0; index < Request.Choices; index++)
        {
            var writer = new AnswerWriter(index, Request, _lease.Policy.Tokenizer, _pieces.Writer, _gone);
            var seed = index == 0 ? generation.Seed : RandomStream.Derive(generation.Seed, index);
            if (_lease.Policy.TryAsk(generation with { Seed = seed, Listener = writer }, _gone) is not { } answer)
            {
                return false;
            }

            _writers.Add(writer);
            answers.Add(answer);
        }

        _ = CompleteAsync(answers);
        return true;
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _lease.Dispose();
    }

    private async Task CompleteAsync(List<Task<GenerationResult>> answers)
    {
        try
        {
            await Task.WhenAll(_writers.Zip(answers, FinishAsync));
            _pieces.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            _pieces.Writer.TryComplete(exception);
        }
    }

    private async Task FinishAsync(AnswerWriter writer, Task<GenerationResult> answer)
    {
        FinishReason reason;
        try
        {
            reason = (await answer).FinishReason;
            _gone.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            await _recorder.WriteAbandonedAsync(_context, writer);
            throw;
        }
        catch (Exception fault)
        {
            await _recorder.WriteFailedAsync(_context, writer.Index, fault);
            throw;
        }

        // On record before it is given out: feedback always finds it.
        var last = writer.Finish(reason);
        await _recorder.WriteAsync(_context, writer, last.FinishReason!);
        _pieces.Writer.TryWrite(last);
    }
}
