namespace AlignOps.Training.Definitions.Methods;

/// <summary>The methods there are, by name.</summary>
public static class TrainingMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All = [.. ImitationMethods.All, .. FeedbackMethods.All, .. PreferenceMethods.All, .. RewardMethods.All];

    public static string Names => string.Join(", ", All.Select(m => m.Name));

    /// <summary>The method of that name, or null: the caller answers with <see cref="Names"/>.</summary>
    public static TrainingMethod? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
