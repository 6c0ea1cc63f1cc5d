namespace AlignOps.Platform.Diagnosis;

/// <summary>Looks at everything that a process of these options depends on. It changes nothing, and runs beside processes that are at work.</summary>
public interface IDoctor
{
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken);
}
