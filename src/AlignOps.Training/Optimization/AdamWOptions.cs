namespace AlignOps.Training.Optimization;

/// <param name="WeightDecay">Decoupled: a step shrinks a matrix by learning rate × this, apart from its gradient.</param>
public sealed record AdamWOptions(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0);
