namespace AlignOps.Platform.Access;

/// <summary>What a key may do. Each role includes the ones before it.</summary>
public enum AccessRole
{
    /// <summary>Push feedback, read reports, ask the model.</summary>
    Product,

    /// <summary>Also roll back, release held batches, start runs.</summary>
    Ops,

    /// <summary>Also register models and manage keys.</summary>
    Admin,
}
