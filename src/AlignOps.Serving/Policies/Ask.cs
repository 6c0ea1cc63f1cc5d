using AlignOps.Models.Generation;

namespace AlignOps.Serving.Policies;

/// <summary>A request in the queue and the promise of its answer.</summary>
internal sealed class Ask(GenerationRequest request, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<GenerationResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GenerationRequest Request { get; } = request;

    public CancellationToken Cancellation { get; } = cancellationToken;

    public Task<GenerationResult> Answer => _answer.Task;

    public void Complete(GenerationResult result) => _answer.TrySetResult(result);

    public void Fail(Exception exception) => _answer.TrySetException(exception);

    public void Cancel() => _answer.TrySetCanceled(Cancellation);
}
