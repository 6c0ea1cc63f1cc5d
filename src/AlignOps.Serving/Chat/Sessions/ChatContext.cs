using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Policies;
using AlignOps.Serving.Routing;

namespace AlignOps.Serving.Chat.Sessions;

/// <summary>What is settled about a request before its first token.</summary>
/// <param name="Champion">The policy that answers, as the registry or a deployment names it.</param>
/// <param name="Started">The clock's timestamp when the request was taken.</param>
internal sealed record ChatContext(ChatRequest Request, ChatCaller Caller, ChatHeader Header, ChampionRow Champion, int PromptTokens, Assignment Assignment, long Started);
