namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>One line of a batch, in one of the formats that people already have.</summary>
internal abstract record Entry
{
    public abstract byte[] ToLine();

    /// <summary>The same line with its judgement turned round; a line that judges nothing stays as it is.</summary>
    public virtual Entry Flipped() => this;
}
