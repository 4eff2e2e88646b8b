using Contracts;
using Microsoft.AspNetCore.Mvc;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>One recorded handler for each row of the table; only their plans are used.</summary>
internal static class ShapeHandlers
{
    [Record]
    public static void Flat([FromBody] Leaf body) => _ = body;

    [Record]
    public static void Struct([FromBody] LeafStruct body) => _ = body;

    [Record]
    public static void Kinds([FromBody] Kinds body) => _ = body;

    [Record]
    public static void Nested([FromBody] Holder<Holder<Leaf>> body) => _ = body;

    [Record]
    public static void Inherited([FromBody] Inheriting body) => _ = body;

    [Record]
    public static void Overridden([FromBody] Overriding body) => _ = body;

    [Record]
    public static void Interface([FromBody] IMarkedFurther body) => _ = body;

    [Record]
    public static void InterfaceTypedMember([FromBody] Holder<IMarked> body) => _ = body;

    [Record]
    public static void ImplementedInterface([FromBody] Implementing body) => _ = body;

    [Record]
    public static void PositionalRecord([FromBody] Positional body) => _ = body;

    [Record]
    public static void PositionalRecordStruct([FromBody] PositionalStruct body) => _ = body;

    [Record]
    public static void RecordTypedMember([FromBody] Holder<Positional> body) => _ = body;

    [Record]
    public static void NullableMember([FromBody] Holder<PositionalStruct?> body) => _ = body;

    [Record]
    public static void GenericBase([FromBody] Closed body) => _ = body;

    [Record]
    public static void ListRoot([FromBody] List<Leaf> body) => _ = body;

    [Record]
    public static void ArrayRoot([FromBody] Positional[] body) => _ = body;

    [Record]
    public static void Collections([FromBody] Lists body) => _ = body;

    [Record]
    public static void DictionaryRoot([FromBody] Dictionary<string, Leaf> body) => _ = body;

    [Record]
    public static void DictionaryMembers([FromBody] Dictionaries body) => _ = body;

    [Record]
    public static void PolymorphicRoot([FromBody] Payment body) => _ = body;

    [Record]
    public static void PolymorphicList([FromBody] Holder<List<Payment>> body) => _ = body;

    [Record]
    public static void PolymorphicInterface([FromBody] Holder<IFace[]> body) => _ = body;

    [Record]
    public static void WrittenAsDerived([FromBody] Animal body) => _ = body;

    [Record]
    public static void OpenMembers([FromBody] Open body) => _ = body;

    [Record]
    public static void WholeRoot([FromBody] Safe body) => _ = body;

    [Record]
    public static void WholeMembers([FromBody] Wholes body) => _ = body;

    [Record]
    public static void Recursive([FromBody] Tree body) => _ = body;

    [Record]
    public static void FieldsTuplesAndConverters([FromBody] Mixed body) => _ = body;

    [Record]
    public static void ExtensionData([FromBody] Extending body) => _ = body;

    [Record]
    public static void ExtensionDataBelow([FromBody] Holder<List<Extending>> body) => _ = body;

    [Record]
    public static void UntypedMembers([FromBody] Untyped body) => _ = body;

    [Record]
    public static void HiddenCollections([FromBody] Bags body) => _ = body;

    [Record]
    public static void MarkedAtTheParameterOfADerivedRecord([FromBody] Child body) => _ = body;

    [Record]
    public static void WrittenAsGenericDerived([FromBody] Animal body) => _ = body;

    [Record]
    public static void ValueTuples([FromBody] Tuples body) => _ = body;

    [Record]
    public static void OpenExtensionData([FromBody] Further body) => _ = body;

    [Record]
    public static void Referenced([FromBody] Party body) => _ = body;

    [Record]
    public static void ReferencedDerived([FromBody] Holder<Party> body) => _ = body;

    [Record]
    public static void ReferencedGeneric([FromBody] Page<Leaf> body) => _ = body;

    [Record]
    public static void ReferencedWhole([FromBody] Holder<Vault> body) => _ = body;
}
