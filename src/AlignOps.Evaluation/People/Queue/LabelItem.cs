using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>A row of <c>evaluation_label_item</c>: one pair that people are asked about.</summary>
internal sealed class LabelItem
{
    public string ItemId { get; init; } = "";
    public string RunId { get; init; } = "";
    public string Suite { get; init; } = "";
    public string QuestionId { get; init; } = "";
    public int Sample { get; init; }
    public string Slice { get; init; } = "";
    public string? Cluster { get; init; }
    public int Place { get; init; }
    public double Uncertainty { get; init; }
    public long Inconsistent { get; init; }

    /// <summary>JSON of the messages.</summary>
    public string Prompt { get; init; } = "";
    public string Candidate { get; init; } = "";
    public string Champion { get; init; } = "";

    /// <summary>Never leaves the table: with it one could tell whose answer stands first.</summary>
    public string Salt { get; init; } = "";
    public string State { get; init; } = "";
    public int Wanted { get; init; }

    /// <summary>People who hold it or have answered.</summary>
    public int Taken { get; init; }
    public int Answered { get; init; }
    public int Skipped { get; init; }

    public (string Suite, string Id, int Sample) Key => (Suite, QuestionId, Sample);

    public IReadOnlyList<ChatMessage> Messages => JsonSerializer.Deserialize<List<ChatMessage>>(Prompt) ?? [];

    /// <summary>Whether this person sees the candidate's answer first; "" is whoever reads an exported file.</summary>
    public bool CandidateFirst(string person) => (SHA256.HashData(Encoding.UTF8.GetBytes($"{Salt}\n{person}"))[0] & 1) == 1;

    public (string First, string Second) Shown(bool candidateFirst) => candidateFirst ? (Candidate, Champion) : (Champion, Candidate);
}
