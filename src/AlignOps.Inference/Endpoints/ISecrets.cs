namespace AlignOps.Inference.Endpoints;

/// <summary>Where keys come from; null where there is none.</summary>
public interface ISecrets
{
    string? FromEnvironment(string name);

    string? FromFile(string name);
}
