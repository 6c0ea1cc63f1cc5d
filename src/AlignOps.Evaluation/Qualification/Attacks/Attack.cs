namespace AlignOps.Evaluation.Qualification.Attacks;

/// <summary>A way for an answer to win without being better.</summary>
/// <param name="Name">As reports call it.</param>
/// <param name="Put">The attacking answer, made of the worse answer and the better one.</param>
internal sealed record Attack(string Name, Func<string, string, string> Put);
