namespace AlignOps.Host.Commands;

/// <summary>What <c>alignops tokenize</c> is asked to do with each row.</summary>
internal sealed record TokenizeWish(bool Chat, bool Decode, bool Special, bool Wrap);
