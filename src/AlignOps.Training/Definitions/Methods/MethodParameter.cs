namespace AlignOps.Training.Definitions.Methods;

/// <summary>A parameter of a training method as pipeline.yaml names it.</summary>
/// <param name="Key">Below <c>training</c>, such as <c>kto.beta</c>.</param>
/// <param name="Default">As one would write it; empty where silence has a meaning of its own, which <paramref name="Summary"/> says.</param>
public sealed record MethodParameter(string Key, string Default, string Summary);
