namespace AlignOps.Inference.Endpoints;

/// <summary>Who runs an endpoint: it decides how a caller shows who it is and how the limit of output tokens is called.</summary>
public enum EndpointProvider
{
    /// <summary>Any server that speaks OpenAI's chat completions: vLLM, llama.cpp, a gateway, AlignOps itself.</summary>
    Compatible,

    /// <summary>OpenAI.</summary>
    Openai,

    /// <summary>Azure OpenAI's v1 endpoint, with a key or an Entra ID identity.</summary>
    Azure,
}
