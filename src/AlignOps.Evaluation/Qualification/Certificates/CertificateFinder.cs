using System.Security.Cryptography;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>Finds the certificate that a judge of a definition has, and says why it has none.</summary>
internal sealed class CertificateFinder(JudgeOpener opener, IDatabase database, IBlobStore blobs)
{
    /// <param name="directory">The definition's folder, where its labelled set is.</param>
    public async Task<FoundCertificate> FindAsync(JudgeSection judge, string pipeline, string directory, CancellationToken cancellationToken)
    {
        string? labels = null;
        var digest = await opener.DigestAsync(judge, cancellationToken);
        if (judge.Qualification.Labels is { } file)
        {
            var path = Path.Combine(directory, file);
            if (!File.Exists(path)) return new FoundCertificate(digest, null, null, $"Judge {judge.Name} is to be examined on {file}, which is not beside pipeline.yaml.");
            await using var content = File.OpenRead(path);
            labels = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        }

        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await ExaminationStore.InForceAsync(connection, digest, labels, cancellationToken) is not { } row) return new FoundCertificate(digest, null, null, await WhyNoneAsync(connection, judge, pipeline, digest, labels, cancellationToken));

        try
        {
            return new FoundCertificate(digest, row, CertificateJson.Read(await blobs.ReadTextAsync(row.CertificateDigest!, cancellationToken)), "");
        }
        catch (BlobMissingException missing)
        {
            return new FoundCertificate(digest, null, null, $"The certificate {row.ExaminationId} of judge {judge.Name} is not kept any more. {missing.Message}");
        }
    }

    private static async Task<string> WhyNoneAsync(System.Data.Common.DbConnection connection, JudgeSection judge, string pipeline, string digest, string? labels, CancellationToken cancellationToken)
    {
        var past = await ExaminationStore.OfJudgeAsync(connection, pipeline, judge.Name, 20, cancellationToken);
        if (past.FirstOrDefault(one => one.JudgeDigest == digest) is { } last)
        {
            return last.State switch
            {
                JudgeExamination.Failed => $"Judge {judge.Name} has no certificate: its examination {last.ExaminationId} ended without one, {last.Code}. {last.Reason}",
                JudgeExamination.Asked => $"Judge {judge.Name} has no certificate yet: its examination {last.ExaminationId} is under way.",
                _ => $"Judge {judge.Name} was examined on another labelled set ({Short(last.LabelsDigest)}) than the definition's ({Short(labels ?? "")}).",
            };
        }

        return past.FirstOrDefault(one => one.State == JudgeExamination.Certified) is { } other
            ? $"Judge {judge.Name} was examined as another judge ({Short(other.JudgeDigest)}): its prompt, model, parameters or parser have changed since."
            : $"Judge {judge.Name} has not been examined: 'alignops judge qualify {pipeline} {judge.Name}' does.";
    }

    private static string Short(string digest) => digest.Length > 8 ? digest[..8] : digest;
}
