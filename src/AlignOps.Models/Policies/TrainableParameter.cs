namespace AlignOps.Models.Policies;

/// <summary>One trainable tensor. Value and gradient are row-major and live as long as the policy.</summary>
/// <param name="Name">The tensor's name in its file (PEFT's for adapters, Hugging Face's for full training).</param>
/// <param name="Decays">Whether decoupled weight decay applies: matrices yes, norms and biases no.</param>
public sealed record TrainableParameter(string Name, int[] Shape, Memory<float> Value, Memory<float> Gradient, bool Decays);
