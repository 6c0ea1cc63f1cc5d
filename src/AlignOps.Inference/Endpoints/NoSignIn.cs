using System.ClientModel.Primitives;

namespace AlignOps.Inference.Endpoints;

/// <summary>For servers that ask nobody who they are.</summary>
internal sealed class NoSignIn : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) => ProcessNext(message, pipeline, currentIndex);

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) => ProcessNextAsync(message, pipeline, currentIndex);
}
