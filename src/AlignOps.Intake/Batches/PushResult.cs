namespace AlignOps.Intake.Batches;

/// <summary>A report, new or of an earlier push of the same content; or the fault.</summary>
internal sealed record PushResult(BatchReport? Report, bool Created, PushFault? Fault)
{
    public static PushResult Refused(int status, string code, string sentence) => new(null, false, new PushFault(status, code, sentence));
}
