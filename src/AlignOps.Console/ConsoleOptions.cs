namespace AlignOps.WebConsole;

/// <summary>Where the console finds the HTTP APIs that it writes through. Section <c>Console</c> of the configuration.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Base address of the API, such as <c>http://gateway:8440</c>; null: the console's own process answers it.</summary>
    public string? Api { get; init; }

    /// <summary>Where intake answers, if it is not <see cref="Api"/>.</summary>
    public string? IntakeApi { get; init; }

    /// <summary>Where pipelines answers, if it is not <see cref="Api"/>.</summary>
    public string? PipelinesApi { get; init; }

    /// <summary>Where promotion answers, if it is not <see cref="Api"/>.</summary>
    public string? PromotionApi { get; init; }

    /// <summary>Where evaluation answers, if it is not <see cref="Api"/>.</summary>
    public string? EvaluationApi { get; init; }

    /// <summary>How often a live page looks for something new.</summary>
    /// <remarks>Between 100 milliseconds and one minute.</remarks>
    public TimeSpan LiveEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a sign-in lasts without a visit.</summary>
    public TimeSpan SignedInFor { get; init; } = TimeSpan.FromHours(8);
}
