namespace AlignOps.Host.Init;

/// <summary>What a new pipeline is to be, by the five questions of <c>alignops init</c>.</summary>
/// <param name="Feedback">A name of <see cref="InitChoices.Feedback"/>.</param>
/// <param name="Model">A Hugging Face directory, or <see cref="InitChoices.Example"/>.</param>
/// <param name="Judge">A name of <see cref="InitChoices.Judges"/>.</param>
/// <param name="Gate">A name of <see cref="InitChoices.Gates"/>.</param>
/// <param name="Schedule">A name of <see cref="InitChoices.Schedules"/>; not asked, the file says how to change it.</param>
internal sealed record InitAnswers(string Name, string Feedback, string Model, string Judge, string Gate, string Schedule)
{
    public bool UsesExample => Model == InitChoices.Example;

    /// <summary>Null where the model's config says nothing of it.</summary>
    public ModelSize? Size => UsesExample ? ModelSize.Example : ModelSize.Read(Model);
}
