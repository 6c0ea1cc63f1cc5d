namespace AlignOps.Training.Definitions;

/// <summary><c>training.c_rlft</c>. What is trained so is asked with the best class's condition before the user's last turn.</summary>
public sealed record CRlftSection
{
    private static readonly ConditionClass[] Default = [new() { Best = true, Condition = "Expert" }, new() { Condition = "Novice", Weight = 0.1 }];

    /// <summary>The first that holds for an answer is its class; silent: the best answer of a row is an Expert's, the others, a Novice's, weigh 0.1.</summary>
    public IReadOnlyList<ConditionClass>? Classes { get; init; }

    internal IReadOnlyList<ConditionClass> ClassesOrDefault => Classes ?? Default;
}
