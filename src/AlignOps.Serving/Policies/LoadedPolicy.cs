using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Serving.Policies;

/// <summary>A policy in memory with the tokenizer of its checkpoint.</summary>
internal sealed record LoadedPolicy(IPolicyModel Model, ITokenizer Tokenizer);
