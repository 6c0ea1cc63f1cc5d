namespace AlignOps.Training.Examples;

/// <summary>The example made of a row, or why there is none.</summary>
/// <param name="Reason">A code of <see cref="ExampleSet"/> where there is no example.</param>
public readonly record struct ShapedRow(TrainingExample? Example, string? Reason)
{
    public static implicit operator ShapedRow(TrainingExample example) => new(example, null);

    public static ShapedRow None(string reason) => new(null, reason);
}
