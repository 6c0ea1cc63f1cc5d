using AlignOps.Platform.Access;

namespace AlignOps.Promotion.Approvals;

/// <summary>Who answers, by the name of the key, and the highest role it has.</summary>
internal sealed record Approver(string Name, AccessRole Role);
