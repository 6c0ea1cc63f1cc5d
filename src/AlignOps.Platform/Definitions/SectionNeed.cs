namespace AlignOps.Platform.Definitions;

/// <summary>
/// What one service's section asks of a list in another's, such as the training method of <c>mix.kinds</c>. They meet in the file: neither service knows more
/// of the other than the key.
/// </summary>
/// <param name="Path">The list's key path.</param>
/// <param name="Because">The key path that asks, for the fault's place where the list is not written.</param>
/// <param name="Fault">Given the list's values, defaults included, and whether the file has it: what is wrong and the remedy, or null.</param>
public sealed record SectionNeed(string Path, string Because, Func<IReadOnlyList<string>, bool, string?> Fault);
