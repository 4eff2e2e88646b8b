using System.Data.Common;
using System.Reflection;
using System.Reflection.Emit;

namespace FlightRecorder.Tests.AdoNet.Delegation;

/// <summary>
/// A provider made on the spot: overrides every virtual member of the ADO.NET base types, also those that a later framework adds.
/// Each member notes its call and gives an answer of its own.
/// </summary>
public static class ProviderFake
{
    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("FlightRecorder.Tests.Provider"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("provider");

    private static readonly Dictionary<Type, Type> Types = [];

    /// <summary>The virtual members of a base type that a decorator has to forward.</summary>
    public static IEnumerable<MethodInfo> Members(Type type)
        => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.IsVirtual && !method.IsFinal && !method.IsPrivate && !method.IsAssembly)
            .Where(method => method.DeclaringType!.Namespace == typeof(DbConnection).Namespace);

    public static object Create(Type type)
    {
        if (!Types.TryGetValue(type, out Type? made))
        {
            Types[type] = made = Make(type);
        }

        return Activator.CreateInstance(made)!;
    }

    private static Type Make(Type type)
    {
        TypeBuilder builder = Module.DefineType("Fake" + type.Name, TypeAttributes.Public, type);
        foreach (MethodInfo member in Members(type))
        {
            Override(builder, member);
        }

        return builder.CreateType();
    }

    private static void Override(TypeBuilder builder, MethodInfo member)
    {
        MethodAttributes access = member.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.SpecialName);
        MethodBuilder method = builder.DefineMethod(member.Name, access | MethodAttributes.Virtual | MethodAttributes.HideBySig);
        Type returned = member.ReturnType;
        if (member.IsGenericMethodDefinition)
        {
            GenericTypeParameterBuilder parameter = method.DefineGenericParameters("T")[0];
            returned = returned.IsGenericParameter ? parameter : returned.GetGenericTypeDefinition().MakeGenericType(parameter);
        }

        method.SetSignature(returned, null, null, [.. member.GetParameters().Select(parameter => parameter.ParameterType)], null, null);
        ILGenerator body = method.GetILGenerator();
        body.Emit(OpCodes.Ldstr, member.ToString()!);
        body.Emit(OpCodes.Call, returned == typeof(void)
            ? typeof(ProviderCalls).GetMethod(nameof(ProviderCalls.Note))!
            : typeof(ProviderCalls).GetMethod(nameof(ProviderCalls.Answer))!.MakeGenericMethod(returned));
        body.Emit(OpCodes.Ret);
        builder.DefineMethodOverride(method, member);
    }
}
